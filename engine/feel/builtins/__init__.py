"""The built-in functions of FEEL, a module for each clause of DMN 1.5, 10.3.4."""
