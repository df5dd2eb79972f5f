import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core';
import { Logo } from '../../components/Logo';

const MARK = 28;

const useStyles = makeStyles({
  root: {
    width: '100%',
    height: 2 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    gap: 14,
    paddingLeft: (sidebarConfig.drawerWidthClosed - MARK) / 2,
    color: '#fff',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  name: { fontSize: 18, fontWeight: 600, letterSpacing: 0.2, color: '#fff' },
});

export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();

  return (
    <Link
      to="/catalog"
      underline="none"
      className={classes.root}
      aria-label="Backstage JIT, home"
    >
      <Logo size={MARK} />
      {isOpen && <span className={classes.name}>Backstage JIT</span>}
    </Link>
  );
};
