"""How good points are: object keypoint similarity, heads and torsos as yardsticks; reading other people's networks."""
