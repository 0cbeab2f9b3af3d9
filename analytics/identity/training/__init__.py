"""Takes a made-up population of consignees; gives the weights of the model that comes with the program."""
