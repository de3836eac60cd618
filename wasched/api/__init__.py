"""Plain HTTP doors: sign-in forms, health and, later, the REST API."""
