import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useOffers, usePresence } from '../../hooks';
import { useTranslate } from '../../translation';
import { canAsk } from '../Offers';
import { askablesOf, RequestDialog } from '../RequestDialog';
import { PresenceList } from './PresenceList';

/** A card for an entity's overview: who is in now, and a button to ask. Not there for what nobody can lease. */
export const WhoIsInCard = () => {
  const t = useTranslate();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const name = entity.metadata.title ?? entity.metadata.name;
  const presence = usePresence(entityRef);
  const offers = useOffers(entityRef);
  const [asking, setAsking] = useState(false);
  const all = offers.value ? askablesOf(offers.value) : [];
  const possible = all.filter(canAsk);

  const present = presence.value?.items ?? [];
  if (offers.value && !all.length && !present.length) {
    return null;
  }
  return (
    <InfoCard
      title={t('presence.title')}
      variant="gridItem"
      action={
        possible.length > 0 ? (
          <Box m={1}>
            <Button
              variant="outlined"
              size="small"
              aria-haspopup="dialog"
              aria-label={t('presence.requestOf', { name })}
              onClick={() => setAsking(true)}
            >
              {t('presence.request')}
            </Button>
          </Box>
        ) : undefined
      }
    >
      <PresenceList presence={presence} />
      {asking && possible.length > 0 && (
        <RequestDialog
          entityRef={entityRef}
          entityName={name}
          offers={possible}
          initial={possible[0]}
          onClose={() => setAsking(false)}
        />
      )}
    </InfoCard>
  );
};
