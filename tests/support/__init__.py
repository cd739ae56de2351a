"""What tests of every kind share: databases, and what a machine may lack."""
