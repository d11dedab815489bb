"""The data plane behind HTTP and WebSocket: what the runtime needs of the world, and the doors to it."""
