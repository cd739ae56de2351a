"""What is deployed: reading BPMN files into one plain model, checking them, keeping their versions."""
