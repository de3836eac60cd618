"""What every page needs: who is asking, addresses, times and statuses in words."""
