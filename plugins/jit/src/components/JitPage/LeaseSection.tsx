import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { useTranslate } from '../../translation';
import { Reader } from '../../words';
import { LeaseList } from '../LeaseList';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  more: { marginTop: theme.spacing(1.5) },
}));

interface LeaseSectionProps {
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
export const LeaseSection = (props: LeaseSectionProps) => {
  const { title, text, leases, problem, reader, onOpen } = props;
  const { onMore, gettingMore } = props;
  const classes = useStyles();
  const t = useTranslate();
  if (!leases.length) {
    return problem ? <Section title={title}>{problem}</Section> : null;
  }
  const shown = onMore ? 'page.shownSome' : 'page.shown';
  return (
    <Section title={title} note={t(shown, { count: leases.length })}>
      {problem}
      {text && (
        <Typography variant="body2" paragraph>
          {text}
        </Typography>
      )}
      <LeaseList
        label={title}
        leases={leases}
        reader={reader}
        showTarget
        framed
        onOpen={onOpen}
      />
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
    </Section>
  );
};
