import {
  Answer,
  Lease,
  Offers as OffersAnswer,
} from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { Live } from '../../hooks';
import { useTranslate } from '../../translation';
import { EmptyHint } from '../EmptyHint';
import { Problem } from '../Problem';
import { Askable, askablesOf, RequestDialog } from '../RequestDialog';
import { Waiting } from '../Waiting';
import { EmergencyOffers } from './EmergencyOffers';
import { OfferRow } from './OfferRow';
import { canAsk, canAskForOthersOnly, inOrder, standingOf } from './offerRules';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  padded: { padding: theme.spacing(2, 2.5) },
  ref: { fontFamily: 'Menlo, Consolas, monospace', overflowWrap: 'anywhere' },
}));

interface OffersProps {
  entityRef: string;
  entityName: string;
  offers: Live<Answer<OffersAnswer>>;
  /** The reader's unfinished leases here. */
  held: Lease[];
}

/** What the reader can have on an entity, and how it is asked for. */
export const Offers = ({
  entityRef,
  entityName,
  offers,
  held,
}: OffersProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const [asking, setAsking] = useState<Askable>();
  const { value, error, refresh } = offers;
  const all = value ? askablesOf(value) : [];

  return (
    <>
      {(error || !all.length) && (
        <div className={classes.padded}>
          {error && (
            <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
          )}
          {!value && !error && <Waiting />}
          {value && !all.length && (
            <EmptyHint
              title={t('offer.none', { name: entityName })}
              action={<code className={classes.ref}>{entityRef}</code>}
            >
              {t('offer.noneHow')}
            </EmptyHint>
          )}
        </div>
      )}
      {value?.catalogAsOf && (
        <EmergencyOffers offers={value} catalogAsOf={value.catalogAsOf} />
      )}
      {!value?.catalogAsOf && all.length > 0 && (
        <ul className={classes.list} aria-label={t('offer.heading')}>
          {inOrder(all).map(offer => (
            <OfferRow
              key={offer.profileId}
              offer={offer}
              entityRef={entityRef}
              standing={standingOf(held, offer)}
              onAsk={setAsking}
            />
          ))}
        </ul>
      )}
      {asking && (
        <RequestDialog
          entityRef={entityRef}
          entityName={entityName}
          offers={all.filter(each => canAsk(each) || canAskForOthersOnly(each))}
          initial={asking}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
};
