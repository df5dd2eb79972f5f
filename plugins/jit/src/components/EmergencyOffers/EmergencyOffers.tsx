import { Offers, ProfileOffer } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { EntityName } from '../EntityName';
import { BreakGlassButton } from '../RequestDialog';

const useStyles = makeStyles(theme => ({
  why: { padding: theme.spacing(2, 2.5) },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    overflowWrap: 'anywhere',
  },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    padding: theme.spacing(1.5, 2.5),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  words: { flex: '1 1 16em', minWidth: 0 },
}));

const Details = (props: { offer: ProfileOffer; showTarget?: boolean }) => {
  const { offer, showTarget } = props;
  return (
    <>
      {showTarget && offer.entityRef && (
        <Typography variant="body2">
          <EntityName entityRef={offer.entityRef} />
        </Typography>
      )}
      {offer.description && (
        <Typography variant="body2" color="textSecondary">
          {offer.description}
        </Typography>
      )}
    </>
  );
};

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
          <li
            key={`${offer.profileId} ${offer.entityRef}`}
            className={classes.row}
          >
            <div className={classes.words}>
              <Typography variant="body1">
                <strong>{offer.title}</strong>
              </Typography>
              <Details offer={offer} showTarget={showTarget} />
            </div>
            <BreakGlassButton
              offer={offer}
              entityRef={offer.entityRef}
              note={t('breakGlass.byCopy', { time })}
            />
          </li>
        ))}
      </ul>
    </>
  );
};
