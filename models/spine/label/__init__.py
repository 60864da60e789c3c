"""A site's own pictures: a person corrects what the network predicted, and training reads the corrections."""
