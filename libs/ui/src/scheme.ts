import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

export type SchemeChoice = 'light' | 'dark' | 'auto';

/** The chosen scheme, the one in effect, and how to change it. */
export const useScheme = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const computed = useComputedColorScheme('light');
  const next: SchemeChoice = computed === 'dark' ? 'light' : 'dark';
  return { choice: colorScheme as SchemeChoice, computed, set: setColorScheme, toggle: () => setColorScheme(next) };
};
