"""Geometry: outlines that hold points, and the nearest few of many points.

Pure functions over numbers (degrees are WGS84); imports nothing of ours. The only package that imports shapely.
"""
