"""The Worker of the edge: its bundled module `worker.js`, made from edge/ by `npm run build`."""
