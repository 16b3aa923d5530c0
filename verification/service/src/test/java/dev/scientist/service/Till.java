package dev.scientist.service;

import java.util.concurrent.CountDownLatch;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counts over HTTP, once it is allowed to. */
@RestController
class Till {

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);

    private final PurchaseEditor editor;

    Till(PurchaseEditor editor) {
        this.editor = editor;
    }

    @GetMapping("/count")
    String count() throws InterruptedException {
        entered.countDown();
        letGo.await();
        return String.valueOf(editor.count());
    }
}
