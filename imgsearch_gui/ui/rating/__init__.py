"""Rating by keyboard, and stepping through test queries."""
