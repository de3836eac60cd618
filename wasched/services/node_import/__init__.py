"""What the Node.js version kept comes over: once, and nothing of it is sent late."""
