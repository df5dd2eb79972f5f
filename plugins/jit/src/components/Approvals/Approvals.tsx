import { AccessRequest, Page } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import { Live } from '../../hooks';
import { useTranslate } from '../../translation';
import { Listing } from '../Listing';
import { ApprovalCard } from './ApprovalCard';
import { ManyAtOnce } from './ManyAtOnce';
import { useChoice } from './useChoice';
import { useInbox } from './useInbox';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    maxWidth: 960,
  },
}));

interface ApprovalsProps {
  waiting: Live<Page<AccessRequest>>;
  onOpen: (lease: { id: string }) => void;
}

/** The reader's inbox: the requests that wait for their decision, and what became of those they looked at. */
export const Approvals = ({ waiting, onOpen }: ApprovalsProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { entries, hide } = useInbox(waiting);
  const choice = useChoice(entries);

  return (
    <Listing
      live={waiting}
      isEmpty={!entries.length}
      empty={t('inbox.none')}
      emptyHow={t('inbox.noneHow')}
    >
      {choice.chosen.length > 0 && <ManyAtOnce choice={choice} />}
      <ul className={classes.root} aria-label={t('inbox.list')}>
        {entries.map(entry => (
          <ApprovalCard
            key={entry.request.id}
            entry={entry}
            choice={choice}
            onHide={() => hide(entry.request.id)}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </Listing>
  );
};
