import { Lease } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { useLeases } from '../../hooks';
import { useTranslate } from '../../translation';
import { Reader } from '../../words';
import { Announcer } from '../Announcer';
import { LeaseEntries } from '../LeaseEntries';
import { Listing } from '../Listing';
import { LastMonth } from './LastMonth';

/** More than anybody looks through; the page that filters has the rest. */
const MOST_SHOWN = 100;

const NONE: Lease[] = [];

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))',
    alignItems: 'start',
  },
}));

interface EnvironmentsProps {
  reader: Reader;
  onOpen: (lease: { id: string }) => void;
}

/** All infrastructure that the reader may see, their own and what is on what they own: what lives, and what the last month was like. */
export const Environments = ({ reader, onOpen }: EnvironmentsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const live = useLeases(
    {
      kind: 'infrastructure',
      state: ['requested', 'approved', 'granting', 'active', 'revoking'],
    },
    { count: MOST_SHOWN },
  );
  const items = live.value?.items ?? NONE;

  return (
    <>
      <Announcer leases={items} />
      <Listing
        live={live}
        isEmpty={!items.length}
        empty={t('environment.empty')}
        emptyHow={t('environment.emptyHow')}
      >
        <ul className={classes.root} aria-label={t('environment.lives')}>
          <LeaseEntries
            leases={items}
            reader={reader}
            showTarget
            card
            onOpen={onOpen}
          />
        </ul>
      </Listing>
      {/* What fails is said once. */}
      {(live.value || !live.error) && <LastMonth onOpen={onOpen} />}
    </>
  );
};
