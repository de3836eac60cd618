"""The live line of each tab: who may open it, what it may say, and what it follows."""
