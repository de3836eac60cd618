"""What people attach and write, followed through the whole product to the recipient's phone."""
