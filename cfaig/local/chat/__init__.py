"""The chat page at `/chat`: an example of the browser client in clients/web, which `chat.js` is bundled from."""
