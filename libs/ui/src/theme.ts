import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef0ff', '#dfe2fe', '#c3c8fa', '#a3abf6', '#8b96ff',
  '#6172f3', '#5361e4', '#4250d6', '#3540b5', '#2b3492',
];

/** Slate in ten steps, light to dark; `dark` is what Mantine paints the dark theme with. */
const gray: MantineColorsTuple = [
  '#f7f8fa', '#f1f3f6', '#e4e7ec', '#d0d5dd', '#98a2b3',
  '#616b7c', '#475467', '#344054', '#182230', '#101828',
];
const dark: MantineColorsTuple = [
  '#e6eaf0', '#b3bdca', '#8d99a8', '#657080', '#323c4a',
  '#232b36', '#141a22', '#141a22', '#10151c', '#0e1218',
];

/** Mantine components in the house's measures: 13 px type, 6 px corners, 30 px controls. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 4 },
  colors: { indigo, gray, dark },
  autoContrast: true,
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '18px', sm: '20px', md: '20px', lg: '22px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.35 }, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontSize: 15, fontWeight: 650, letterSpacing: '-0.01em' }, header: { paddingInline: 16 }, body: { paddingInline: 16, paddingBottom: 16 } },
    },
    InputWrapper: { defaultProps: { withAsterisk: false } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-shadow-md': 'var(--shadow)',
  '--mantine-shadow-xl': 'var(--shadow)',
};

/** Mantine's own variables point at our tokens, so there is one place where a colour lives. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
