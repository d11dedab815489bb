/** The page: everything is here, and what exists in the local Cloudflare stands in the page itself. */

import { createRoot } from "react-dom/client";
import { Chat } from "./chat.jsx";
import style from "./style.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
document.adoptedStyleSheets = [sheet];

const setup = JSON.parse(document.getElementById("setup")?.textContent ?? "");
createRoot(/** @type {HTMLElement} */ (document.getElementById("chat"))).render(<Chat setup={setup} />);
