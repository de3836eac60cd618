"""What people come to do, one test a task, each done as that person would.

A choir's secretary has a phone of 360 px in hand, a shop's owner sits at a desk, somebody else uses
the keyboard alone, and one comes from a spreadsheet. The secretary's line may break, or be slow
(`tests/browser/lines.py`). They do what the words and controls of the pages offer; what they click,
press, type and get to see is counted (`hands.py`) and may not grow beyond `table.py`.

Left out, for there is nothing yet that a person could do it with: seeing what somebody has written
back, and who voted what in a poll; birthday wishes for many as one schedule; other languages. What
is done in a shell, not on pages, is tried in `tests/operator`. Whether it is quick is measured by
`make bench`.
"""
