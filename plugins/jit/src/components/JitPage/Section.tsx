import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(4) },
  head: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1),
  },
}));

interface SectionProps {
  title: string;
  /** Said beside the title. */
  note?: string;
  children: ReactNode;
}

/** A part of the page under a heading of its own. */
export const Section = ({ title, note, children }: SectionProps) => {
  const classes = useStyles();
  return (
    <section className={classes.root} aria-label={title}>
      <div className={classes.head}>
        <Typography variant="h6" component="h2">
          {title}
        </Typography>
        {note && <Typography variant="body2">{note}</Typography>}
      </div>
      {children}
    </section>
  );
};
