import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';

/** Typing rests this long before the catalog is asked. */
const REST_MS = 250;

const MOST = 20;

export interface Colleague {
  ref: string;
  name: string;
}

/** The first people of the catalog whom a text may mean; without the catalog, nobody is proposed. */
export function useColleagues(text: string): Colleague[] {
  const catalog = useApi(catalogApiRef);
  const [found, setFound] = useState<Colleague[]>([]);

  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const people = await catalog
        .queryEntities({
          filter: { kind: 'User' },
          fullTextFilter: {
            term: text.trim(),
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
          limit: MOST,
        })
        .then(
          ({ items }) => items.map(colleagueOf),
          () => [],
        );
      if (wanted) {
        setFound(people);
      }
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [catalog, text]);

  return found;
}

function colleagueOf(entity: Entity): Colleague {
  const profile = entity.spec?.profile as { displayName?: string } | undefined;
  return {
    ref: stringifyEntityRef(entity),
    name: profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
  };
}
