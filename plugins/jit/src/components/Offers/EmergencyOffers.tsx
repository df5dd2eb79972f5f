import { Offers } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';
import { BreakGlassButton } from '../RequestDialog';
import { OfferFrame } from './OfferFrame';

const useStyles = makeStyles(theme => ({
  why: {
    padding: theme.spacing(2, 2.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
}));

interface EmergencyOffersProps {
  offers: Pick<Offers, 'items'>;
  /** When the catalog last answered. */
  catalogAsOf: string;
  /** Whether each names what it is on. */
  showTarget?: boolean;
}

/** What is left while the catalog does not answer, and why it is all: to break the glass. */
export const EmergencyOffers = (props: EmergencyOffersProps) => {
  const { offers, catalogAsOf, showTarget } = props;
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);
  const time = formatInstant(Date.parse(catalogAsOf), { now });
  return (
    <>
      <Typography variant="body2" className={classes.why} role="status">
        {t('breakGlass.catalogAway', { time })}
      </Typography>
      <ul className={classes.list} aria-label={t('breakGlass.emergency')}>
        {offers.items.map(offer => (
          <OfferFrame
            key={`${offer.profileId} ${offer.entityRef}`}
            offer={offer}
            words={
              showTarget &&
              offer.entityRef && (
                <Typography variant="body2" color="textSecondary">
                  <EntityName entityRef={offer.entityRef} />
                </Typography>
              )
            }
            actions={
              <BreakGlassButton
                offer={offer}
                entityRef={offer.entityRef}
                note={t('breakGlass.byCopy', { time })}
              />
            }
          />
        ))}
      </ul>
    </>
  );
};
