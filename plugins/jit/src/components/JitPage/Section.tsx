import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { useTranslate } from '../../translation';
import { Reader } from '../../words';
import { LeaseList } from '../LeaseList';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(4) },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
  problem: { marginBottom: theme.spacing(1) },
  more: { marginTop: theme.spacing(1.5) },
}));

interface SectionProps {
  title: string;
  text?: string;
  leases: Lease[];
  /** Why they may not be known. */
  problem?: ReactNode;
  reader: Reader;
  onOpen: (lease: Lease) => void;
  /** Set when there are more than are shown. */
  onMore?: () => void;
  gettingMore?: boolean;
}

/** One of the lists of the page; nothing when it is known to be empty. */
export const Section = (props: SectionProps) => {
  const { title, text, leases, problem, reader, onOpen } = props;
  const { onMore, gettingMore } = props;
  const classes = useStyles();
  const t = useTranslate();
  if (!leases.length && !problem) {
    return null;
  }
  return (
    <section className={classes.root} aria-label={title}>
      <div className={classes.head}>
        <Typography variant="h6" component="h2">
          {title}
        </Typography>
        {leases.length > 0 && (
          <Typography variant="body2">
            {t(onMore ? 'page.shownSome' : 'page.shown', {
              count: leases.length,
            })}
          </Typography>
        )}
      </div>
      {problem && <div className={classes.problem}>{problem}</div>}
      {text && leases.length > 0 && (
        <Typography variant="body2" paragraph>
          {text}
        </Typography>
      )}
      {leases.length > 0 && (
        <LeaseList
          label={title}
          leases={leases}
          reader={reader}
          showTarget
          framed
          onOpen={onOpen}
        />
      )}
      {onMore && (
        <Button
          className={classes.more}
          variant="outlined"
          disabled={gettingMore}
          onClick={onMore}
        >
          {t(gettingMore ? 'page.showingMore' : 'page.showMore')}
        </Button>
      )}
    </section>
  );
};
