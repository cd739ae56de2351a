"""Office work on user tasks: returning, handing over, further signers, copies, urging, entering for somebody."""
