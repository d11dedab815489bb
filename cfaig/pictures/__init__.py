"""Pictures of routes: their graphs as SVG (own layout), Mermaid, DOT and text. Pure functions."""
