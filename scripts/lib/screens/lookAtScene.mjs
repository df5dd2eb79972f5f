import { join } from 'node:path';
import { findComplaints } from '../accessibility.mjs';

const HEIGHT = 900;

/** Each theme with the widths in which it is looked at. */
export const EVERY_LOOK = { light: [1400, 800], dark: [1400, 800] };

/** Both themes and both widths, each once. */
export const FEW_LOOKS = { light: [1400], dark: [800] };

/**
 * Opens a scene in each theme, takes a picture of it in each width, and finds out what is wrong with it.
 *
 * @param looks - widths by theme
 * @returns what is wrong, a line each
 */
export async function lookAtScene({ page, url, scene, looks, folder }) {
  const { name, scenario, path, until } = scene;
  const at = new URL(path, url);
  at.searchParams.set('scenario', scenario);
  const problems = [];
  for (const [theme, widths] of Object.entries(looks)) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: widths[0], height: HEIGHT });
    // A place of its own in between, or only the part behind the # would change.
    await page.goto('about:blank');
    await page.goto(at.href);
    await until(page);
    for (const width of widths) {
      const title = `${scenario}-${name}-${theme}-${width}`;
      await page.setViewportSize({ width, height: HEIGHT });
      await settle(page);
      await page.screenshot({ path: join(folder, `${title}.png`) });
      const found = await findComplaints(page);
      if (await isWiderThanWindow(page)) {
        found.push('wider than the window');
      }
      problems.push(...found.map(each => `${title}: ${each}`));
    }
  }
  return problems;
}

/** Until what moves has come to rest: a colour half-way between two themes is nobody's colour. */
async function settle(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const ends = document
      .getAnimations()
      .filter(each => each.effect?.getTiming().iterations !== Infinity)
      .map(each => each.finished.catch(() => undefined));
    await Promise.all(ends);
  });
}

function isWiderThanWindow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}
