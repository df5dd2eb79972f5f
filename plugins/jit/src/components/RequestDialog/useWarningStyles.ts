import { makeStyles } from '@material-ui/core/styles';

/** What stands apart because it is for emergencies alone. */
export const useWarningStyles = makeStyles(theme => {
  const { main } = theme.palette.warning;
  return {
    box: {
      display: 'grid',
      justifyItems: 'start',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${main}`,
      borderLeft: `4px solid ${main}`,
      borderRadius: theme.shape.borderRadius,
      overflowWrap: 'anywhere',
    },
    outlined: { borderColor: main },
    contained: {
      color: theme.palette.getContrastText(main),
      backgroundColor: main,
      '&:hover, &:focus': { backgroundColor: main },
    },
    icon: { color: main },
  };
});
