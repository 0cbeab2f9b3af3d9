"""Takes candidate pairs; gives match probabilities and the evidence for each."""
