"""Plain HTTP doors: sign-in forms, health, files, and the door for programs."""
