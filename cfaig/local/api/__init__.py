"""The endpoints of Cloudflare's API that cfaig and the official tools use, one module per kind of object."""
