"""What people see: pages, their states and the parts they share."""
