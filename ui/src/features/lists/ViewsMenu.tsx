// The views of a list: opened, kept as the list is now, renamed, shared, deleted.
import { Button, Checkbox, Menu, TextInput } from "@mantine/core";
import { IconBookmark, IconBookmarkFilled, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { deleteView, saveView } from "../../bindings/operations";
import type { SavedView } from "../../bindings/SavedView";
import type { ShownList } from "../../bindings/ShownList";
import type { ViewRow } from "../../bindings/ViewRow";
import { change, said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";

interface ViewsMenuProps {
  school: string;
  views: readonly ViewRow[];
  mayShare: boolean;
  /** The view that is open. */
  open: ViewRow | null;
  /** The list as it is now. */
  now: ShownList;
  /** Opens a view, or the list without one. */
  onOpen: (view: ViewRow | null) => void;
}

export function ViewsMenu({ school, views, mayShare, open, now, onOpen }: ViewsMenuProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState<"new" | "change" | null>(null);
  const item = (view: ViewRow) => (
    <Menu.Item
      key={view.id}
      leftSection={view.id === open?.id ? <IconBookmarkFilled size="1rem" /> : <IconBookmark size="1rem" />}
      aria-current={view.id === open?.id}
      onClick={() => onOpen(view)}
    >
      <bdi>{view.gone.length > 0 ? t("lists.views.gone", { title: view.title }) : view.title}</bdi>
    </Menu.Item>
  );
  const own = views.filter(({ shared }) => !shared);
  const shared = views.filter((view) => view.shared);
  const keepNow = (view: ViewRow) =>
    void change(
      () =>
        saveView({ school, id: view.id, version: view.version, title: view.title, shared: view.shared, shown: now }),
      t("lists.views.saved", { title: view.title }),
    );
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconBookmark size="1rem" />}>
            <bdi>{open?.title ?? t("lists.views.open")}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>{t("lists.views.none")}</Menu.Label>}
          {own.length > 0 && <Menu.Label>{t("lists.views.own")}</Menu.Label>}
          {own.map(item)}
          {shared.length > 0 && <Menu.Label>{t("lists.views.shared")}</Menu.Label>}
          {shared.map(item)}
          <Menu.Divider />
          {open !== null && <Menu.Item onClick={() => onOpen(null)}>{t("lists.views.without")}</Menu.Item>}
          {open?.mayChange === true && (
            <>
              <Menu.Item onClick={() => keepNow(open)}>{t("lists.views.save", { title: open.title })}</Menu.Item>
              <Menu.Item onClick={() => setForm("change")}>{t("lists.views.change", { title: open.title })}</Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconPlus size="1rem" />} onClick={() => setForm("new")}>
            {t("lists.views.keep")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {form !== null && (
        <ViewForm
          school={school}
          view={form === "change" ? open : null}
          now={now}
          mayShare={mayShare}
          onClose={() => setForm(null)}
          onSaved={(view) => {
            setForm(null);
            onOpen(view);
          }}
          onDeleted={() => {
            setForm(null);
            onOpen(null);
          }}
        />
      )}
    </>
  );
}

interface ViewFormProps {
  school: string;
  /** None: a new one, of the list as it is now. */
  view: ViewRow | null;
  now: ShownList;
  mayShare: boolean;
  onClose: () => void;
  onSaved: (view: ViewRow) => void;
  onDeleted: () => void;
}

function ViewForm({ school, view, now, mayShare, onClose, onSaved, onDeleted }: ViewFormProps) {
  const { t } = useTranslation();
  const initial = { version: view?.version ?? null, title: view?.title ?? "", shared: view?.shared ?? false };
  const draft = useDraft<typeof initial, SavedView>({
    key: `view:${view?.id ?? `new:${school}:${now.of.list}`}`,
    initial,
    save: ({ version, title, shared }) =>
      saveView({
        school,
        ...(view === null ? {} : { id: view.id, version }),
        title,
        shared,
        shown: view?.shown ?? now,
      }),
    onSaved: ({ view: saved, undo }) => {
      said(t("lists.views.saved", { title: saved.title }), undo);
      onSaved(saved);
    },
  });
  const { form } = draft;
  const remove = (gone: ViewRow) =>
    void change(
      () => deleteView({ view: gone.id, version: gone.version }),
      t("lists.views.deleted", { title: gone.title }),
    ).then((done) => {
      if (!done) return;
      draft.discard();
      onDeleted();
    });
  return (
    <FormModal
      title={t(view === null ? "lists.views.newTitle" : "lists.views.changeTitle")}
      draft={draft}
      onClose={onClose}
      submit={view === null ? t("lists.views.submit") : t("common.save")}
      aside={
        view !== null && (
          <Button variant="subtle" color="wrong" onClick={() => remove(view)}>
            {t("lists.views.delete")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("lists.views.name")}
        withAsterisk
        data-autofocus
        maxLength={80}
        {...form.getInputProps("title")}
      />
      {mayShare && <Checkbox label={t("lists.views.share")} {...form.getInputProps("shared", { type: "checkbox" })} />}
    </FormModal>
  );
}
