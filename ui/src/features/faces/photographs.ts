// The photographs of one enrolment, as long as its pane is open. Their addresses end with them, and
// nothing of them is kept.
import { useEffect, useRef, useState } from "react";
import type { PhotographFault } from "../../bindings/PhotographFault";
import { upload as handOver } from "../../files";
import { errorText } from "../../i18n";

export interface Photograph {
  id: string;
  name: string;
  /** The address of the picture; none for one taken at the camera. */
  preview: string | null;
  /** Null while it is handed over. */
  upload: string | null;
  /** Why it could not be handed over. */
  failure: string | null;
  /** Why it is not used. */
  faults: readonly PhotographFault[];
  /** Whether it was enrolled. */
  used: boolean;
}

export function usePhotographs(most: number) {
  const [list, setList] = useState<readonly Photograph[]>([]);
  const [dropped, setDropped] = useState(false);
  const previews = useRef(new Set<string>());
  useEffect(() => {
    const addresses = previews.current;
    return () => {
      addresses.forEach((address) => URL.revokeObjectURL(address));
      addresses.clear();
    };
  }, []);
  const forget = (photographs: readonly Photograph[]) => {
    for (const { preview } of photographs)
      if (preview !== null && previews.current.delete(preview)) URL.revokeObjectURL(preview);
  };
  const change = (id: string, next: Partial<Photograph>) =>
    setList((now) => now.map((one) => (one.id === id ? { ...one, ...next } : one)));
  return {
    list,
    dropped,
    add: (files: readonly File[]) => {
      const room = Math.max(0, most - list.length);
      setDropped(files.length > room);
      const added = files.slice(0, room).map((file) => {
        const preview = URL.createObjectURL(file);
        previews.current.add(preview);
        return {
          file,
          photograph: {
            id: crypto.randomUUID(),
            name: file.name,
            preview,
            upload: null,
            failure: null,
            faults: [],
            used: false,
          } as Photograph,
        };
      });
      setList((now) => [...now, ...added.map(({ photograph }) => photograph)]);
      for (const { file, photograph } of added) {
        handOver(file).then(
          (upload) => change(photograph.id, { upload }),
          (reason: unknown) => change(photograph.id, { failure: errorText(reason) }),
        );
      }
    },
    addTaken: (upload: string, name: string) =>
      setList((now) => [...now, { id: upload, name, preview: null, upload, failure: null, faults: [], used: false }]),
    remove: (id: string) => {
      forget(list.filter((one) => one.id === id));
      setList(list.filter((one) => one.id !== id));
      setDropped(false);
    },
    clear: () => {
      forget(list);
      setList([]);
      setDropped(false);
    },
    /** Says which were refused and why; `used` when the others were enrolled. */
    refuse: (faults: ReadonlyMap<string, readonly PhotographFault[]>, used: boolean) =>
      setList((now) =>
        now.map((one) => {
          const own = faults.get(one.upload ?? "") ?? [];
          return { ...one, faults: own, used: used && own.length === 0 };
        }),
      ),
  };
}
