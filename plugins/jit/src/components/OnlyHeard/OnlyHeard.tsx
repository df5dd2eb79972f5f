import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
});

/** Words for a screen reader alone, for what others see as a picture. */
export const OnlyHeard = ({ children }: { children: string }) => {
  const classes = useStyles();
  return <span className={classes.root}>{children}</span>;
};
