/** The pictures of the documentation: `python -m tests.web.pictures` starts what they show, and runs this. */

import { join } from "node:path";
import { script } from "../local.js";
import { ask, browser, choose, facts, newest, openPage, PHONE } from "./pages.js";

const [folder] = process.argv.slice(2);
const TEXT = "Your parcel left Leipzig this morning. It will be with you tomorrow before noon.";

/**
 * @param {import("playwright-core").Page} page
 * @param {number} times that the first question is asked; it is in the cache after the first time
 */
async function talk(page, times) {
  await script({ text: TEXT });
  for (let left = times; left > 0; left -= 1) {
    await ask(page, "Where is my parcel?");
    await facts(page);
  }
  await newest(page).getByText("HIT").waitFor();
  await script({ provider: "openai", status: 503 }, { text: "Yes: choose another day under “My deliveries”." });
  await choose(page, "as a stream");
  await ask(page, "Can it come on Friday instead?");
  await facts(page);
}

const desktop = await openPage({ viewport: { width: 1000, height: 900 }, colorScheme: "light" });
await talk(desktop.page, 2);
await desktop.page.screenshot({ path: join(folder, "chat-desktop.png") });
await desktop.close();

const phone = await openPage({ ...PHONE, colorScheme: "dark", deviceScaleFactor: 2 });
await phone.page.locator("summary").click();
await talk(phone.page, 1);
await phone.page.locator("summary").click();
await phone.page.screenshot({ path: join(folder, "chat-phone.png") });
await phone.close();
await browser.close();
