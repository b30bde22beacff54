//! The document's structure (headings, tables, figures) for screen readers: collected while the
//! pages are drawn, written into the finished PDF (ISO 32000-1, 14.7 and 14.8).

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::ink::utf16_with_mark;

/// One structure element.
struct Element {
    role: &'static str,
    parent: usize,
    alt: Option<String>,
    /// For a heading cell: what it is the heading of.
    scope: Option<&'static str>,
    /// Page index and marked-content number, for an element that holds drawn content.
    content: Option<(usize, u32)>,
}

/// The structure tree; element 0 is the document itself.
pub(crate) struct Tree {
    elements: Vec<Element>,
}

impl Tree {
    pub(crate) fn new() -> Self {
        Self { elements: vec![Element { role: "Document", parent: 0, alt: None, scope: None, content: None }] }
    }

    /// Adds an element below `parent` and gives its number.
    pub(crate) fn add(
        &mut self,
        parent: usize,
        role: &'static str,
        alt: Option<String>,
        content: Option<(usize, u32)>,
    ) -> usize {
        let scope = (role == "TH").then_some("Column");
        self.elements.push(Element { role, parent, alt, scope, content });
        self.elements.len() - 1
    }

    /// Makes the heading cell `element` the heading of its row instead of its column.
    pub(crate) fn heads_row(&mut self, element: usize) {
        if let Some(element) = self.elements.get_mut(element) {
            element.scope = Some("Row");
        }
    }

    /// Writes the tree into `pdf`, whose pages are `pages` in order.
    pub(crate) fn write(&self, pdf: &mut Document, pages: &[ObjectId]) -> ObjectId {
        let root = pdf.new_object_id();
        let ids: Vec<ObjectId> = self.elements.iter().map(|_| pdf.new_object_id()).collect();
        let mut kids: Vec<Vec<Object>> = vec![Vec::new(); self.elements.len()];
        let mut parents: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
        for (at, element) in self.elements.iter().enumerate().skip(1) {
            kids[element.parent].push(Object::Reference(ids[at]));
            if let Some((page, number)) = element.content {
                let slots = &mut parents[page];
                slots.resize((number as usize + 1).max(slots.len()), Object::Null);
                slots[number as usize] = Object::Reference(ids[at]);
            }
        }
        for (at, element) in self.elements.iter().enumerate() {
            let parent = if at == 0 { root } else { ids[element.parent] };
            let mut dict = dictionary! {
                "Type" => "StructElem",
                "S" => element.role,
                "P" => Object::Reference(parent),
            };
            match element.content {
                Some((page, number)) => {
                    dict.set("Pg", Object::Reference(pages[page]));
                    dict.set("K", Object::Integer(i64::from(number)));
                }
                None => dict.set("K", Object::Array(std::mem::take(&mut kids[at]))),
            }
            if let Some(alt) = &element.alt {
                dict.set("Alt", text_string(alt));
            }
            if let Some(scope) = element.scope {
                dict.set("A", dictionary! { "O" => "Table", "Scope" => scope });
            }
            pdf.set_object(ids[at], dict);
        }
        let mut numbers = Vec::with_capacity(pages.len() * 2);
        for (page, slots) in parents.into_iter().enumerate() {
            numbers.push(Object::Integer(page as i64));
            numbers.push(Object::Array(slots));
            if let Ok(Object::Dictionary(dict)) = pdf.get_object_mut(pages[page]) {
                dict.set("StructParents", Object::Integer(page as i64));
                dict.set("Tabs", "S");
            }
        }
        let numbers: Dictionary = dictionary! { "Nums" => numbers };
        let parent_tree = pdf.add_object(numbers);
        pdf.set_object(
            root,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => Object::Array(vec![Object::Reference(ids[0])]),
                "ParentTree" => Object::Reference(parent_tree),
                "ParentTreeNextKey" => Object::Integer(pages.len() as i64),
            },
        );
        root
    }
}

/// A PDF text string object.
pub(crate) fn text_string(text: &str) -> Object {
    Object::String(utf16_with_mark(text), StringFormat::Hexadecimal)
}
