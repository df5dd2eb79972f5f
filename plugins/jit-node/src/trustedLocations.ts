import { ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import { ENVIRONMENTS_LOCATION } from '@backstage-jit/plugin-jit-common';
import path from 'node:path';

const [ENVIRONMENTS_TYPE] = ENVIRONMENTS_LOCATION.split(':');

/**
 * Whether an entity entered the catalog by one of the given locations. An entity without an origin location did not. An entity is untrusted input:
 * whoever can register one writes its name and all that it says.
 *
 * @public
 */
export function isFromTrustedLocation(options: {
  entity: Entity;
  trustedLocations: string[];
}): boolean {
  const { entity, trustedLocations } = options;
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  if (!origin) {
    return false;
  }
  return trustedLocations.some(trusted =>
    trusted.endsWith('/*')
      ? isBelow(origin, trusted.slice(0, -1))
      : origin === trusted,
  );
}

/**
 * What is wrong with an entry of `trustedLocations` in a config, or undefined.
 *
 * @public
 */
export function trustedLocationProblem(value: string): string | undefined {
  const example =
    'such as url:https://github.com/acme/catalog/blob/main/all.yaml, or a folder ending in /*';
  const folder = value.endsWith('/*') ? value.slice(0, -1) : value;
  const [, type, target] = folder.match(/^([a-z][a-z0-9-]*):(.+)$/) ?? [];
  if (!type || folder.includes('*')) {
    return `is not an origin location ${example}`;
  }
  if (type === ENVIRONMENTS_TYPE) {
    return 'trusts what people have asked for: environments come from no catalog file';
  }
  if (type === 'url' && !/^https?:\/\/[^/]+\/./.test(target)) {
    return `trusts a whole host, or nothing: name a location ${example}`;
  }
  if (!isStraight(folder)) {
    return 'has . or .. segments, or is not written as a browser would write it';
  }
  return undefined;
}

function isBelow(origin: string, folder: string): boolean {
  // A query could name another branch of the same repository.
  return (
    origin.startsWith(folder) &&
    /^[^?#&]+$/.test(origin.slice(folder.length)) &&
    isStraight(origin)
  );
}

/**
 * Whether a location leads where it seems to. Whoever registers `…/trusted/../mine` would otherwise stand below `…/trusted/`.
 */
function isStraight(location: string): boolean {
  const target = location.slice(location.indexOf(':') + 1);
  if (/%(2e|2f|5c)|\\|(^|[/=?#&])\.{1,2}([/?#&]|$)/i.test(target)) {
    return false;
  }
  if (location.startsWith('url:')) {
    return URL.canParse(target) && new URL(target).href === target;
  }
  return path.posix.normalize(target) === target;
}
