// An invented conversation, drawn at two widths in light and dark: node scene.mjs URL PORT FOLDER. For README.md, and for looking at.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { WireClient, enter, say, seesLine, startBrowser } from './browser.mjs';

const [url, port, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await startBrowser();

const others = {};
async function person(nick, isIrc = false) {
  const client = isIrc ? new WireClient(port, `NICK ${nick}`, `USER ${nick} 0 * :${nick}`, 'JOIN #garden') :
    new WireClient(port, `/nick ${nick}`, '/join #garden');
  await client.sees(isIrc ? '366' : 'you are in #garden');
  others[nick] = { say: text => client.send(isIrc ? `PRIVMSG #garden :${text}` : text), client };
}

await person('mara');
others.mara.client.send('/topic Seed swap on Saturday at ten, by the old greenhouse');
await person('jonas', true);
await person('yusuf');
await person('amélie'.replace('é', 'e'));
await person('tomato-bot');
others.mara.client.send('/mode +v tomato-bot');

const talk = async (nick, text, witness) => {
  others[nick].say(text);
  await witness.sees(text.slice(0, 20));
};
const witness = others.yusuf.client;
await talk('mara', 'Morning! Who is bringing what on Saturday?', witness);
await talk('jonas', 'Morning. Four kinds of beans, and the blue potatoes if the mice left me any.', witness);
await talk('jonas', 'I also have far too many sunflower seeds 🌻', witness);
await talk('amelie', 'I can take sunflowers! In exchange for chili: Habanero, Jalapeño, and one that nobody dared to name.', witness);
others.amelie.client.send('/me labels jars');
await talk('tomato-bot', 'Forecast for Saturday: 14 °C, light wind, no rain before the evening.', witness);
await talk('mara', 'Perfect. The map is at https://garden.example/swap?day=saturday (the gate on the north side is open).', witness);

const page = await enter(browser, url, 'lena', '#garden');
await seesLine(page, 'Perfect. The map is at https://garden.example/swap?day=saturday (the gate on the north side is open).');
others.yusuf.say('صباح الخير! سأحضر بذور الباذنجان من حديقة جدتي.');
await seesLine(page, 'صباح الخير! سأحضر بذور الباذنجان من حديقة جدتي.');
await say(page, 'Good morning everyone 👋 I have leeks, and two boxes of seed paper for labels.');
await seesLine(page, 'Good morning everyone 👋 I have leeks, and two boxes of seed paper for labels.');
others.amelie.say('lena: could you bring the paper an hour early? Then we label while it is quiet.');
await seesLine(page, 'lena: could you bring the paper an hour early? Then we label while it is quiet.');
await say(page, 'Sure, nine it is.');
await seesLine(page, 'Sure, nine it is.');
await person('pip');
others.pip.client.send('/part');
await person('noor');
others.noor.say('First time here. Is it alright to come with nothing but curiosity?');
await seesLine(page, 'First time here. Is it alright to come with nothing but curiosity?');
await say(page, 'Curiosity is the best thing to swap 🙂');
await seesLine(page, 'Curiosity is the best thing to swap 🙂');
others.mara.say('今年はトマトが早いです。Tomatoes are early this year, so I bring seedlings instead of seeds.');
await page.waitForFunction(() => document.querySelector('#lines').textContent.includes('instead of seeds'));
others.jonas.client.send('PRIVMSG lena :Is there room in your car for a bag of potatoes?');
await page.waitForSelector('#privates button');
await say(page, '/join #tools');
await page.waitForFunction(() => document.querySelector('#name').textContent === '#tools');
await page.click('#rooms .view:has-text("garden")');
for (const room of ['#tools', '#lobby']) {
  others.yusuf.client.send(`/join ${room}`, 'The big wheelbarrow is back in the shed.', '/join #garden');
}
await page.waitForFunction(() => document.querySelectorAll('#rooms .badge').length > 0);
others.yusuf.client.send('/away watering');
await page.waitForSelector('.member.away');

const shoot = async (name, width, height, colorScheme) => {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', caret: 'initial' });
};
await page.click('#text');
await shoot('page-light', 1280, 760, 'light');
await shoot('page-dark', 1280, 760, 'dark');
await shoot('phone-light', 390, 760, 'light');
await shoot('phone-dark', 390, 760, 'dark');
if (process.env.ALL) {
  await shoot('narrow', 320, 600, 'light');
  await page.fill('#text', '/');
  await page.dispatchEvent('#text', 'input');
  await shoot('commands', 1280, 760, 'light');
  await page.fill('#text', '');
  await shoot('tablet', 900, 700, 'light');
  await page.setViewportSize({ width: 390, height: 760 });
  await page.click('#open-side');
  await shoot('phone-side', 390, 760, 'light');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 760 });
  await page.click('#open-options');
  await shoot('options', 1280, 760, 'light');
  await page.click('#open-help');
  await shoot('help', 1280, 760, 'dark');
  await page.keyboard.press('Escape');
  const first = await (await browser.newContext({ viewport: { width: 1280, height: 760 } })).newPage();
  await first.goto(url);
  await first.screenshot({ path: path.join(folder, 'entry.png') });
}
console.log('faults', page.faults);
await browser.close();
Object.values(others).forEach(({ client }) => client.end());
