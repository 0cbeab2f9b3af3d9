"""How the model is made: a population, its records with errors, and the weights learned from them."""
