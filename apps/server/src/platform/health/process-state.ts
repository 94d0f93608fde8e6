/** Whether this process takes work. Not ready first, then closed: whoever sends requests here gets the time to notice. */
export class ProcessState {
  isDraining = false;
}
