"""Random lives of schedules, judged by a diary that shares no code with the product."""
