"""Above floor 2: how the vision child hands frames and observations to the station, and how it is supervised."""
