//! What people want to see of the lists.

table!(/// How somebody wants to see a list: a view under a title, with filter, order and columns, their own or `shared` with the
    /// school; without a title the columns that the person chose for the list. `shown` is what `lists` of `school` makes of it.
    list_views, "list_views", ListViewId, school,
    { part: School, readers: Own, undo: true, taught: Nothing }, {
    school_id: SchoolId, user_id: UserId, list: ListName, title: Option<String>, shared: bool, shown: serde_json::Value,
});
