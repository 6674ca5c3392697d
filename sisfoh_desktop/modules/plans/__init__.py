"""The plan de trabajo: goal, period, zones, activities, budget and functional chain, printed whole."""
